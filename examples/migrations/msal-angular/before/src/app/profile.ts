import { httpResource } from '@angular/common/http'
import { Component } from '@angular/core'
import { environment } from '../environments/environment'

@Component({
  selector: 'app-profile',
  template: `
    <h1>Profile</h1>
    @if (me.hasValue()) {
      <p>{{ me.value().jobTitle }}</p>
    }
  `,
})
export class Profile {
  protected readonly me = httpResource<{ jobTitle?: string }>(() => `${environment.graph.url}/me`)
}
