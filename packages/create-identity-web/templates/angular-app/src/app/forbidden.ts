import { Component } from '@angular/core'

/** The page for users who lack a role. */
@Component({
  selector: 'app-forbidden',
  template: `
    <h1>You may not see this page</h1>
    <p>It requires the role Admin. README.md explains roles.</p>
  `,
})
export class Forbidden {}
