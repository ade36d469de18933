import { Component } from '@angular/core'
import { RouterLink } from '@angular/router'

/** The page for everybody, which users see again after the sign-out. */
@Component({
  selector: 'app-home',
  imports: [RouterLink],
  template: `
    <h1>Welcome</h1>
    <p>This page is for everybody. Sign in to see your account.</p>
    <nav>
      <a routerLink="/account">Your account</a>
    </nav>
  `,
})
export class Home {}
