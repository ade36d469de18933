import { Component, computed } from '@angular/core'
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router'
import { injectSession } from 'identity-web/angular'

@Component({
  selector: 'app-root',
  imports: [RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    <header>
      <a class="app" routerLink="/"><img src="mark.svg" alt="" />Angular example</a>
      <nav aria-label="Pages">
        @for (page of pages; track page.path) {
          <a
            [routerLink]="page.path"
            routerLinkActive
            [routerLinkActiveOptions]="{ exact: true }"
            ariaCurrentWhenActive="page"
          >
            {{ page.text }}
          </a>
        }
      </nav>
      <div class="user">
        @if (session.user(); as user) {
          <span class="picture" aria-hidden="true">{{ initials() }}</span>
          <span class="name">{{ user.name }}</span>
          <a class="button quiet" [href]="session.logoutUrl()">Sign out</a>
        } @else if (session.status() !== 'loading') {
          <button (click)="session.login()">Sign in</button>
        }
      </div>
    </header>
    <main><router-outlet /></main>
  `,
})
export class App {
  protected readonly session = injectSession()
  protected readonly initials = computed(() =>
    this.session
      .user()
      ?.name.split(' ')
      .map(([initial]) => initial)
      .join(''),
  )
  protected readonly pages = [
    { path: '/', text: 'Home' },
    { path: '/account', text: 'My account' },
    { path: '/call_api', text: 'Call an API' },
  ]
}
