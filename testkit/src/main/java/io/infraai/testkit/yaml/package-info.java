/** YAML files that others read, such as manifests, as tests read them. */
@NullMarked
package io.infraai.testkit.yaml;

import org.jspecify.annotations.NullMarked;
