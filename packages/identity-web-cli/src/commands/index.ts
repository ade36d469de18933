import type { Command } from '../command/command.js'
import { doctor } from './doctor/doctor.js'
import { register } from './register/register.js'
import { rotate } from './rotate/rotate.js'
import { secret } from './secret/secret.js'
import { verify } from './verify/verify.js'

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [doctor, register, rotate, secret, verify]
