package io.infraai.engine.model;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.smallrye.common.annotation.Identifier;

/** Beans that are a model, by their {@link Identifier}: to add one is to write one. */
@ApplicationScoped
class ModelBeans implements LocalModels {

    private final Instance<StreamingChatModel> beans;

    ModelBeans(@Any Instance<StreamingChatModel> beans) {
        this.beans = beans;
    }

    @Override
    public Optional<StreamingChatModel> named(String name) {
        var found = beans.select(Identifier.Literal.of(name));
        return found.isResolvable() ? Optional.of(found.get()) : Optional.empty();
    }
}
