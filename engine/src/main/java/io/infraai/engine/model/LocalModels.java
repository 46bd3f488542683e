package io.infraai.engine.model;

import java.util.Optional;

import dev.langchain4j.model.chat.StreamingChatModel;

/** Models that run in this process. */
interface LocalModels {

    Optional<StreamingChatModel> named(String name);
}
