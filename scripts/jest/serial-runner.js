const { default: TestRunner } = require('jest-runner');

/** Runs its files one after the other, in Jest's own process: they start apps and measure time. */
module.exports = class SerialRunner extends TestRunner {
  isSerial = true;
};
