import * as env from '$app/env/private'
import { resolve } from '$app/paths'
import { Auth } from 'identity-web/sveltekit'

export const auth = new Auth({ basePath: resolve('/') }, env)
