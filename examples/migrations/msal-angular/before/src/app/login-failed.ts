import { Component } from '@angular/core'

@Component({ selector: 'app-login-failed', template: '<h1>The sign-in failed</h1>' })
export class LoginFailed {}
