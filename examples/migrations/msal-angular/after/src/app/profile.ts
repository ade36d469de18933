import { httpResource } from '@angular/common/http'
import { Component } from '@angular/core'

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
  protected readonly me = httpResource<{ jobTitle?: string }>(() => '/api/graph/me')
}
