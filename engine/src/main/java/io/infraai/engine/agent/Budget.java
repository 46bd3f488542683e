package io.infraai.engine.agent;

/**
 * What one turn may use up.
 *
 * @param steps answers of a model
 * @param toolCalls of all steps together
 * @param tokens in and out together
 * @param costMicros in millionths of the currency that prices are configured in
 * @param misfits calls that couldn't be made as the model wrote them
 */
record Budget(int steps, int toolCalls, long tokens, long costMicros, int misfits) {}
