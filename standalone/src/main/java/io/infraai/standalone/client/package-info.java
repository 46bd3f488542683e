/** The command line over the REST API: policies, templates, tasks, approvals and the audit log. */
@NullMarked
package io.infraai.standalone.client;

import org.jspecify.annotations.NullMarked;
