'use server'

import { auth } from '../../auth.ts'

export const approve = auth.loginRequired.action({ roles: ['Todos.Approver'] }, async () => {
  // Only a user with the role reaches this line.
})
