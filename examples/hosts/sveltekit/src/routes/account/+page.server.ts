import { auth } from '../../auth.server'

export const load = auth.loginRequired((_event, { user }) => ({ name: user.name }))

export const actions = {
  default: auth.loginRequired(async ({ request }) => {
    const form = await request.formData()
    return { saved: String(form.get('note') ?? '') }
  }),
}
