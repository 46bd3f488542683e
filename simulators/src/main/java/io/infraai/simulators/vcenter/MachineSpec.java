package io.infraai.simulators.vcenter;

/**
 * What a machine is made of.
 *
 * @param name as stored: {@code / \ %} escaped
 * @param folder the id of its folder
 * @param host the id of its host
 * @param tools whether its guest runs VMware Tools once it is up
 */
record MachineSpec(String name, String folder, String host, boolean tools, boolean template) {}
