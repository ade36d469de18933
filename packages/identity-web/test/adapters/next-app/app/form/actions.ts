'use server'

import { redirect } from 'next/navigation'
import { auth } from '../../auth.ts'

export const send = auth.loginRequired.action(
  { scopes: ['User.Read'] },
  async ({ user, scopes }, form: FormData) => {
    const sent = { by: user.name, text: form.get('text') as string, scopes: scopes.join(' ') }
    redirect(`/sent?${new URLSearchParams(sent as Record<string, string>).toString()}`)
  },
)
