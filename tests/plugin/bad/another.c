// SPDX-License-Identifier: BSL-1.0
/* What one of the bad plugins needs. */
int haft_test_another(void) { return 0; }
