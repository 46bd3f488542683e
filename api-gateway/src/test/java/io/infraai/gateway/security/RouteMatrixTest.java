package io.infraai.gateway.security;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.inject.Any;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;

import io.quarkus.arc.Arc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.Permission;
import io.infraai.contracts.identity.Role;
import io.infraai.gateway.Gateway;
import io.infraai.testkit.EmbeddedServices;

import static org.assertj.core.api.Assertions.assertThat;

/** Every route with every role, made from the resources and from the table of roles. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class RouteMatrixTest {

    private final Gateway gateway = new Gateway();

    record Route(String method, String path, Optional<Permission> permission) {

        boolean hasBody() {
            return method.equals("POST") || method.equals("PUT");
        }
    }

    private List<Route> routes() {
        var routes = new ArrayList<Route>();
        for (var bean : Arc.container().beanManager().getBeans(Object.class, Any.Literal.INSTANCE)) {
            var type = bean.getBeanClass();
            var path = type.getAnnotation(Path.class);
            if (path != null && type.getPackageName().startsWith("io.infraai.gateway")) {
                Stream.of(type.getMethods())
                        .flatMap(method -> route(path.value(), method))
                        .forEach(routes::add);
            }
        }
        return routes;
    }

    private static Stream<Route> route(String prefix, Method method) {
        var sub = method.getAnnotation(Path.class);
        var path = (prefix + (sub == null ? "" : sub.value()))
                .replace("{id}", "999999999")
                .replace("{episode_id}", "00000000-0000-0000-0000-000000000000")
                .replace("{session_id}", "no-such-session")
                .replace("{turn_id}", "00000000-0000-0000-0000-000000000000")
                .replace("{name}", "no_such_tool");
        var permission = method.getAnnotation(RequiresPermission.class);
        assertThat(permission != null
                        || method.isAnnotationPresent(PermitAll.class)
                        || verb(method).isEmpty())
                .as(method + " says who may call it")
                .isTrue();
        return verb(method)
                .map(verb ->
                        new Route(verb, path, Optional.ofNullable(permission).map(RequiresPermission::value)))
                .stream();
    }

    private static Optional<String> verb(Method method) {
        return Stream.of(method.getAnnotations())
                .map(each -> each.annotationType().getAnnotation(HttpMethod.class))
                .filter(each -> each != null)
                .map(HttpMethod::value)
                .findFirst();
    }

    @Test
    void everyRouteIsOpenToItsRolesOnly() {
        var routes = routes();
        assertThat(routes).hasSizeGreaterThan(20);
        for (var route : routes) {
            var body = route.hasBody() ? "{\"nonsense\":1}" : null;
            var anonymous = gateway.send(route.method(), route.path(), null, body);
            if (route.permission().isEmpty()) {
                anonymous.expect(200);
                continue;
            }
            anonymous.expectProblem(401, "unauthenticated");
            assertThat(anonymous.header("WWW-Authenticate")).startsWith("Bearer");
            for (var role : Role.values()) {
                var answer = gateway.send(route.method(), route.path(), Gateway.keyOf(role), body);
                if (role.permissions().contains(route.permission().get())) {
                    assertThat(answer.status())
                            .as(route + " as " + role)
                            .isNotIn(401, 403)
                            .isLessThan(500);
                } else {
                    answer.expectProblem(403, "forbidden");
                }
            }
        }
        gateway.post("/api/resume", "{}").expect(200);
    }
}
