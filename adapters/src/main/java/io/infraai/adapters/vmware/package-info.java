/** VMware through the SOAP API that vCenter 6 to 9 and lone ESXi hosts serve alike. */
@NullMarked
package io.infraai.adapters.vmware;

import org.jspecify.annotations.NullMarked;
