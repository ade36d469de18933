// #region angular-spa
import { httpResource } from '@angular/common/http'
// #endregion angular-spa
import { Component } from '@angular/core'
import { RouterLink } from '@angular/router'
import { injectSession } from 'identity-web/angular'
// #region angular
import { fromApi } from './from-api'
// #endregion angular

interface AccountData {
  readonly claims: readonly { readonly claim: string; readonly text: string }[]
  // #region azure-ad-b2c
  readonly editProfile?: string
  // #endregion azure-ad-b2c
}

@Component({
  selector: 'app-account',
  imports: [RouterLink],
  template: `
    <h1>Hello, {{ session.user()?.name }}</h1>
    <p>You are signed in. Your identity provider has sent these claims about you.</p>
    <nav>
      <!-- #region graph -->
      <a routerLink="/call_api">Call Microsoft Graph</a>
      <!-- #endregion graph -->
      <!-- #region oidc -->
      <a routerLink="/user_info">Call the UserInfo endpoint</a>
      <!-- #endregion oidc -->
      <!-- #region azure-ad-b2c -->
      @if (data.hasValue() && data.value().editProfile; as url) {
        <a [href]="url">Edit your profile</a>
      }
      <!-- #endregion azure-ad-b2c -->
      <a routerLink="/admin">Page for administrators</a>
    </nav>
    @if (data.hasValue()) {
      <table>
        <caption>
          Your claims
        </caption>
        <tbody>
          @for (row of data.value().claims; track row.claim) {
            <tr>
              <th scope="row">{{ row.claim }}</th>
              <td>{{ row.text }}</td>
            </tr>
          }
        </tbody>
      </table>
    }
  `,
})
export class Account {
  protected readonly session = injectSession()
  // #region angular
  protected readonly data = fromApi<AccountData>('/api/account')
  // #endregion angular
  // #region angular-spa
  protected readonly data = httpResource<AccountData>(() => '/api/account')
  // #endregion angular-spa
}
