// The device code flow as one module, because applications with a redirect URI do not load it.

export { readDevicePoll, respondToDevicePoll } from './device-poll.ts'
export { prepareDeviceSignIn, startDeviceSignIn } from './start-device-sign-in.ts'
