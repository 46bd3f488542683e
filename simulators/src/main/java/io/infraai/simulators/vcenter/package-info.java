/** A vCenter or a lone ESXi host on loopback that speaks SOAP, boots machines, fails and remembers every call. */
@NullMarked
package io.infraai.simulators.vcenter;

import org.jspecify.annotations.NullMarked;
