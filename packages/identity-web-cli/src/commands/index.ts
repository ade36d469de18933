import type { Command } from '../command/command.js'
import { doctor } from './doctor/doctor.js'
import { secret } from './secret/secret.js'

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [doctor, secret]
