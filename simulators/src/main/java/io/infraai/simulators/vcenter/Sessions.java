package io.infraai.simulators.vcenter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Who is logged in, and the views and half-told lists of each; they end with their session. */
final class Sessions {

    /** A container view: what it looks at. */
    record View(String container, List<String> types) {}

    static final class Session {

        final String user;
        final Map<String, View> views = new HashMap<>();
        final Map<String, List<String>> untold = new HashMap<>();

        Session(String user) {
            this.user = user;
        }
    }

    private final VcenterConfig.Login login;
    private final Map<String, Session> open = new HashMap<>();

    Sessions(VcenterConfig.Login login) {
        this.login = login;
    }

    /** @return the key of the new session */
    String open(String user, String password) {
        if (!login.user().equals(user) || !login.password().equals(password)) {
            throw new SoapFault("InvalidLogin", "Cannot complete login due to an incorrect user name or password.");
        }
        var key = UUID.randomUUID().toString();
        open.put(key, new Session(user));
        return key;
    }

    Session of(String key) {
        return Optional.ofNullable(open.get(key))
                .orElseThrow(() -> new SoapFault("NotAuthenticated", "The session is not authenticated."));
    }

    boolean has(String key) {
        return open.containsKey(key);
    }

    void close(String key) {
        open.remove(key);
    }

    void expire() {
        open.clear();
    }

    int count() {
        return open.size();
    }

    static List<String> page(List<String> all, int size) {
        return new ArrayList<>(all.subList(0, Math.min(size, all.size())));
    }
}
