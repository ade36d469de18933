import { query } from '@solidjs/router'
import { getRequestEvent } from 'solid-js/web'
import { auth } from './auth'

/** Returns the name of the signed-in user, also to a page in the browser. */
export const getName = query(async () => {
  'use server'
  const user = await auth.getUser(getRequestEvent()!.request)
  return user?.name
}, 'name')
