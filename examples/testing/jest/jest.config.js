// Start Jest with `node --experimental-vm-modules`, because identity-web consists of ES modules.
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['<rootDir>/transform.js'] },
}
