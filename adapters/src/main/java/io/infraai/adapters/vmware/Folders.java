package io.infraai.adapters.vmware;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where objects are: paths as vCenter shows them, such as {@code /DC0/vm/web}. */
final class Folders {

    /** What to read of folders and datacenters. */
    static final Map<String, List<String>> PATHS =
            Map.of("Folder", List.of("name", "parent"), "Datacenter", List.of("name", "parent"));

    private static final int DEEPEST = 64;

    private final Map<String, VimObject> places = new HashMap<>();

    Folders(List<VimObject> objects) {
        for (var object : objects) {
            if (PATHS.containsKey(object.type())) {
                places.put(object.id(), object);
            }
        }
    }

    /** The path of what it is in; {@code /} for what is in no folder that may be read, as in a vApp. */
    String of(VimObject object) {
        var names = new ArrayDeque<String>();
        var place = places.get(object.text("parent"));
        while (place != null && names.size() < DEEPEST) {
            names.addFirst(place.text("name"));
            place = places.get(place.text("parent"));
        }
        return "/" + String.join("/", names);
    }
}
