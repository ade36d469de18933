// Everything that deviceCode() loads with the first sign-in.
export { respondToDevicePoll } from './poll.ts'
export { prepareDeviceSignIn, startDeviceSignIn } from './sign-in.ts'
