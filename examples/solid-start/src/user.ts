import { query } from '@solidjs/router'
import { getRequestEvent } from 'solid-js/web'
import { auth } from './auth'

/** Returns the name of the signed-in user, also to a page in the browser. Requests of other sites do not have a user. */
export const getName = query(async () => {
  'use server'
  const session = await auth.authenticate(getRequestEvent()!.request)
  return session.ok ? session.context.user.name : undefined
}, 'name')
