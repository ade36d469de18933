import type { Command } from '../command/command.js'
import { register } from './register/register.js'
import { rotate } from './rotate/rotate.js'
import { secret } from './secret/secret.js'

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [register, rotate, secret]
