import { auth } from './auth.server'

export const handle = auth.handle
