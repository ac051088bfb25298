// A library that has nothing to do with feedmux.
extern "C" __attribute__((visibility("default"))) int SomethingElse() { return 1; }
