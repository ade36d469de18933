import { JsonPipe } from '@angular/common'
import { httpResource } from '@angular/common/http'
import { Component } from '@angular/core'
// #region angular
import { inject, RESPONSE_INIT } from '@angular/core'
// #endregion angular
import { injectSession } from 'identity-web/angular'

// #region angular
// Only the browser reads from the API, because the server does not have the user's cookie while it renders a page.
const fromApi = <Data>(path: string) =>
  httpResource<Data>(() => (typeof window === 'undefined' ? undefined : path))
// #endregion angular
// #region angular-spa
const fromApi = <Data>(path: string) => httpResource<Data>(() => path)
// #endregion angular-spa

@Component({
  selector: 'app-home',
  template: `
    <h1>Welcome to my-app</h1>
    <p>This application signs you in, and shows your account and the pages for your role.</p>
  `,
})
export class Home {}

@Component({
  selector: 'app-account',
  imports: [JsonPipe],
  template: `
    <h1>Hello, {{ session.user()?.name }}</h1>
    <p>You are signed in as {{ session.user()?.email }}.</p>
    <!-- #region azure-ad-b2c -->
    @if (data.hasValue()) {
      <p><a class="button" [href]="data.value().editUrl">Edit your profile</a></p>
    }
    <!-- #endregion azure-ad-b2c -->
    <details>
      <summary>The claims of your ID token</summary>
      <pre>{{ data.error() ?? data.value()?.claims | json }}</pre>
    </details>
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
    <p>It is for users with the role Todos.Admin.</p>
  `,
})
export class Forbidden {}

@Component({ selector: 'app-not-found', template: '<h1>This page does not exist</h1>' })
// #region angular
export class NotFound {
  // The browser does not have a response.
  readonly response = Object.assign(inject(RESPONSE_INIT) ?? {}, { status: 404 })
}
// #endregion angular
// #region angular-spa
export class NotFound {}
// #endregion angular-spa
