/** The only way to the database: a transaction that belongs to one tenant. */
@NullMarked
package io.infraai.persistence.tenancy;

import org.jspecify.annotations.NullMarked;
