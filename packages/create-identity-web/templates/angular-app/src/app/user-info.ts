import { JsonPipe } from '@angular/common'
// #region angular-spa
import { httpResource } from '@angular/common/http'
// #endregion angular-spa
import { Component } from '@angular/core'
import { RouterLink } from '@angular/router'
// #region angular
import { fromApi } from './from-api'
// #endregion angular

@Component({
  selector: 'app-user-info',
  imports: [JsonPipe, RouterLink],
  template: `
    <h1>Your profile at the identity provider</h1>
    @if (data.hasValue()) {
      <p>The UserInfo endpoint returned these current claims for your access token.</p>
      <pre>{{ data.value() | json }}</pre>
    } @else if (data.error()) {
      <p>The server rejected the request.</p>
    }
    <nav>
      <a routerLink="/account">Back</a>
    </nav>
  `,
})
export class UserInfo {
  // #region angular
  protected readonly data = fromApi<object>('/api/user_info')
  // #endregion angular
  // #region angular-spa
  protected readonly data = httpResource<object>(() => '/api/user_info')
  // #endregion angular-spa
}
