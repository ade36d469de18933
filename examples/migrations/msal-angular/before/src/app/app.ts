import { Component, inject, signal, type OnDestroy, type OnInit } from '@angular/core'
import { RouterLink, RouterOutlet } from '@angular/router'
import { MSAL_GUARD_CONFIG, MsalBroadcastService, MsalService } from '@azure/msal-angular'
import { EventType, InteractionStatus, type RedirectRequest } from '@azure/msal-browser'
import { filter, Subject, takeUntil } from 'rxjs'

@Component({
  selector: 'app-root',
  imports: [RouterLink, RouterOutlet],
  template: `
    <nav>
      <a routerLink="/">Home</a>
      <a routerLink="/todos">Todos</a>
      <a routerLink="/profile">Profile</a>
      @if (name(); as name) {
        <span>{{ name }}</span>
        <button (click)="logout()">Sign out</button>
      } @else {
        <button (click)="login()">Sign in</button>
      }
    </nav>
    <router-outlet />
  `,
})
export class App implements OnInit, OnDestroy {
  readonly #guardConfig = inject(MSAL_GUARD_CONFIG)
  readonly #msal = inject(MsalService)
  readonly #broadcast = inject(MsalBroadcastService)
  readonly #destroying$ = new Subject<void>()
  protected readonly name = signal<string | undefined>(undefined)

  ngOnInit(): void {
    this.#msal.handleRedirectObservable().subscribe()
    // The user has signed in or out in another tab.
    this.#broadcast.msalSubject$
      .pipe(
        filter(
          ({ eventType }) =>
            eventType === EventType.LOGIN_SUCCESS || eventType === EventType.LOGOUT_SUCCESS,
        ),
        takeUntil(this.#destroying$),
      )
      .subscribe(() => {
        if (this.#msal.instance.getAllAccounts().length === 0) window.location.pathname = '/'
        else this.#showAccount()
      })
    this.#broadcast.inProgress$
      .pipe(
        filter((status) => status === InteractionStatus.None),
        takeUntil(this.#destroying$),
      )
      .subscribe(() => this.#showAccount())
  }

  protected login(): void {
    this.#msal.loginRedirect({ ...this.#guardConfig.authRequest } as RedirectRequest)
  }

  protected logout(): void {
    this.#msal.logoutRedirect({ account: this.#msal.instance.getActiveAccount() })
  }

  #showAccount(): void {
    const { instance } = this.#msal
    const [first] = instance.getAllAccounts()
    if (instance.getActiveAccount() === null && first) instance.setActiveAccount(first)
    this.name.set(instance.getActiveAccount()?.name)
  }

  ngOnDestroy(): void {
    this.#destroying$.next()
    this.#destroying$.complete()
  }
}
