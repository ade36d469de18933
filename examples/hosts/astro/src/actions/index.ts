import { defineAction } from 'astro:actions'
import { auth } from '../auth'

export const server = {
  save: defineAction({
    accept: 'form',
    handler: auth.loginRequired.action((form: FormData) => ({
      saved: String(form.get('note') ?? ''),
    })),
  }),
}
