import { advanceClock } from '../clock.mjs'

/** Responds to the messages that all servers of the storms understand. Returns `undefined` for the first message. */
export function control(message) {
  switch (message.kind) {
    case 'cpu': {
      const { user, system } = process.cpuUsage()
      return user + system
    }
    case 'advance':
      advanceClock(message.seconds)
      return 'done'
    case 'events':
      return Object.fromEntries(
        Object.entries(control.events).map(([name, times]) => {
          delete control.events[name]
          return [name, times]
        }),
      )
    default:
      return undefined
  }
}

/** The number of events by their name, since the last message. */
control.events = {}
