package io.infraai.adapters.kubernetes;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import jakarta.inject.Qualifier;

/** The Kubernetes client with InfraAI's bounds. */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@interface Cluster {}
