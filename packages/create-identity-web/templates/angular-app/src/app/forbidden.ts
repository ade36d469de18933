import { Component } from '@angular/core'

/** The page for users who lack a role. */
@Component({
  template: `
    <h1>You may not see this page</h1>
    <p>It requires the role Admin. README.md explains how to give an account a role.</p>
  `,
})
export class Forbidden {}
