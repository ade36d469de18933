// #region angular-spa
import { httpResource } from '@angular/common/http'
// #endregion angular-spa
import { Component } from '@angular/core'
import { RouterLink } from '@angular/router'
// #region angular
import { fromApi } from './from-api'
// #endregion angular

@Component({
  selector: 'app-admin',
  imports: [RouterLink],
  template: `
    <h1>Page for administrators</h1>
    @if (data.hasValue()) {
      <p>{{ data.value().message }}</p>
    } @else if (data.error()) {
      <p>The server rejected the request.</p>
    }
    <nav>
      <a routerLink="/account">Back</a>
    </nav>
  `,
})
export class Admin {
  // #region angular
  protected readonly data = fromApi<{ message: string }>('/api/admin')
  // #endregion angular
  // #region angular-spa
  protected readonly data = httpResource<{ message: string }>(() => '/api/admin')
  // #endregion angular-spa
}
