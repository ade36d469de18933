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
  selector: 'app-call-api',
  imports: [JsonPipe, RouterLink],
  template: `
    <h1>Your profile in Microsoft Graph</h1>
    @if (data.hasValue()) {
      <p>The API returned the status {{ data.value().status }} for your access token.</p>
      <pre>{{ data.value().profile | json }}</pre>
    } @else if (data.error()) {
      <p>The server rejected the request.</p>
    }
    <nav>
      <a routerLink="/account">Back</a>
    </nav>
  `,
})
export class CallApi {
  // #region angular
  protected readonly data = fromApi<{ status: number; profile: object }>('/api/call_api')
  // #endregion angular
  // #region angular-spa
  protected readonly data = httpResource<{ status: number; profile: object }>(() => '/api/call_api')
  // #endregion angular-spa
}
