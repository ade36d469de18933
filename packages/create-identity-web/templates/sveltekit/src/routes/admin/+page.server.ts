import { auth } from '../../auth.server'

// Users without the role see +error.svelte.
export const load = auth.loginRequired({ roles: ['Todos.Admin'] }, () => undefined)
