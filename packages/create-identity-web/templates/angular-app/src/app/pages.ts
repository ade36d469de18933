import {
  // #region graph oidc
  JsonPipe,
  // #endregion graph oidc
  KeyValuePipe,
} from '@angular/common'
import { httpResource } from '@angular/common/http'
// #region angular
import { afterNextRender, Component, signal } from '@angular/core'
// #endregion angular
// #region angular-spa
import { Component } from '@angular/core'
// #endregion angular-spa
import { RouterLink } from '@angular/router'
import { injectSession } from 'identity-web/angular'
import { show } from '../claims'

// #region angular
/** Reads from the API in the browser, because the server does not have the user's cookie while it renders a page. */
function fromApi<Data>(path: string) {
  const url = signal<string | undefined>(undefined)
  afterNextRender(() => url.set(path))
  return httpResource<Data>(url)
}
// #endregion angular
// #region angular-spa
const fromApi = <Data>(path: string) => httpResource<Data>(() => path)
// #endregion angular-spa

@Component({
  selector: 'app-home',
  imports: [RouterLink],
  template: `
    <h1>Welcome</h1>
    <p>This page is for everybody. Sign in to see your account.</p>
    <a class="button primary" routerLink="/account">Your account</a>
  `,
})
export class Home {}

@Component({
  selector: 'app-account',
  imports: [KeyValuePipe],
  template: `
    <h1>Hello, {{ session.user()?.name }}</h1>
    <p>You are signed in. Your identity provider has sent these claims about you.</p>
    @if (data.hasValue()) {
      <!-- #region azure-ad-b2c -->
      <p><a class="button" [href]="data.value().editUrl">Edit your profile</a></p>
      <!-- #endregion azure-ad-b2c -->
      <dl>
        @for (claim of data.value().claims | keyvalue; track claim.key) {
          <dt>{{ claim.key }}</dt>
          <dd>{{ show(claim.value) }}</dd>
        }
      </dl>
    }
  `,
})
export class Account {
  protected readonly session = injectSession()
  // #region entra-id external-id ad-fs oidc
  protected readonly data = fromApi<{ claims: object }>('/api/account')
  // #endregion entra-id external-id ad-fs oidc
  // #region azure-ad-b2c
  protected readonly data = fromApi<{ claims: object; editUrl?: string }>('/api/account')
  // #endregion azure-ad-b2c
  protected readonly show = show
}

// #region graph
@Component({
  selector: 'app-call-api',
  imports: [JsonPipe],
  template: `
    <h1>Your profile in Microsoft Graph</h1>
    <p>The application called Microsoft Graph with your access token.</p>
    <pre>{{ data.error() ?? data.value() | json }}</pre>
  `,
})
export class CallApi {
  protected readonly data = fromApi<object>('/api/call_api')
}

// #endregion graph
// #region oidc
@Component({
  selector: 'app-user-info',
  imports: [JsonPipe],
  template: `
    <h1>Your profile at the identity provider</h1>
    <p>The application called the UserInfo endpoint with your access token.</p>
    <pre>{{ data.error() ?? data.value() | json }}</pre>
  `,
})
export class UserInfo {
  protected readonly data = fromApi<object>('/api/user_info')
}

// #endregion oidc
@Component({
  selector: 'app-admin',
  template: `
    <h1>Administration</h1>
    <p>{{ (data.error() ?? data.value())?.message }}</p>
  `,
})
export class Admin {
  protected readonly data = fromApi<{ message: string }>('/api/admin')
}

@Component({
  selector: 'app-forbidden',
  template: `
    <h1>You may not see this page</h1>
    <p>
      It is for users with the role Todos.Admin.
      <!-- #region entra-id -->
      In development, Sam Okafor has this role.
      <!-- #endregion entra-id -->
    </p>
  `,
})
export class Forbidden {}
// #region angular-spa

@Component({ selector: 'app-not-found', template: '<h1>This page does not exist</h1>' })
export class NotFound {}
// #endregion angular-spa
