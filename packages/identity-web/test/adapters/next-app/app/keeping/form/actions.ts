'use server'

import { headers } from 'next/headers.js'
import { auth } from '../../../auth.ts'
import { keep } from '../../../kept-credential.ts'

export const keepInAction = auth.loginRequired.action(
  { scopes: ['User.Read'] },
  async (context, _form: FormData) => {
    await keep(context, (await headers()).get('referer') ?? '')
  },
)
