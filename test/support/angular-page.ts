// A page of Angular for the tests. Angular compiles its components in the browser, so they do not need a build of Angular.
// oxlint-disable-next-line import/no-unassigned-import -- Angular compiles the components with it.
import '@angular/compiler'
import {
  HttpClient,
  HttpEventType,
  provideHttpClient,
  withInterceptors,
} from '@angular/common/http'
import {
  ApplicationRef,
  Component,
  provideZoneChangeDetection,
  provideZonelessChangeDetection,
} from '@angular/core'
import { bootstrapApplication } from '@angular/platform-browser'
import { provideRouter, Router, RouterLink, RouterOutlet } from '@angular/router'
import { filter, firstValueFrom, toArray } from 'rxjs'
import {
  identityInterceptor,
  injectExpiring,
  injectSession,
  LoginRequired,
  provideIdentity,
  signedIn,
  type SessionClientOptions,
} from 'identity-web/angular'

interface View {
  readonly name: string
}

/** A failure as a test compares it. */
interface Failure {
  readonly name: string
  readonly code?: string
  readonly status?: number
}

const parameters = new URLSearchParams(location.search)
const options = JSON.parse(parameters.get('options') ?? '{}') as SessionClientOptions<View>

const pageOf = (title: string) =>
  Component({ template: '<h1>{{ title }}</h1>' })(
    class {
      protected readonly title = title
    },
  )
const Account = pageOf('Account')
const Home = pageOf('Home')
const Page = Component({
  selector: 'app-root',
  imports: [RouterOutlet, RouterLink],
  template: `<output>{{ session.status() }}: {{ session.user()?.name }}</output>
    <p>{{ expiring() ? 'ends soon' : 'no warning' }} {{ session.logoutUrl() }}</p>
    <a routerLink="/account" [queryParams]="{ tab: 1 }">Account</a>
    <button (click)="session.login()">Sign in</button>
    <button (click)="session.logout()">Sign out</button>
    <router-outlet />`,
})(
  class {
    protected readonly session = injectSession<View>()
    protected readonly expiring = injectExpiring({ secondsBefore: 120 })
  },
)

/** Starts the page. It is not a top-level `await`, which zone.js cannot follow. */
async function start() {
  const app = await bootstrapApplication(Page, {
    providers: [
      'Zone' in window ? provideZoneChangeDetection() : provideZonelessChangeDetection(),
      provideRouter([
        { path: 'account', component: Account, canActivate: [signedIn()] },
        { path: '**', component: Home },
      ]),
      provideHttpClient(withInterceptors([identityInterceptor])),
      provideIdentity(options),
    ],
  })
  const http = app.injector.get(HttpClient)
  return {
    whenStable: () => app.injector.get(ApplicationRef).whenStable(),
    /** Sends a request, and returns its result or its failure. */
    async send(url: string, given: object = {}, method = 'GET'): Promise<unknown> {
      try {
        return await firstValueFrom(http.request(method, url, given))
      } catch (error) {
        return toFailure(error)
      }
    },
    /** Returns the parts of a response that arrive one after the other. */
    async stream(url: string): Promise<string[]> {
      const events = http
        .get(url, { observe: 'events', responseType: 'text', reportProgress: true })
        .pipe(
          filter((event) => event.type === HttpEventType.DownloadProgress),
          toArray(),
        )
      return (await firstValueFrom(events)).map((event) =>
        String((event as { readonly partialText?: string }).partialText),
      )
    },
    async navigate(url: string): Promise<unknown> {
      try {
        return await app.injector.get(Router).navigateByUrl(url)
      } catch (error) {
        return toFailure(error)
      }
    },
  }
}

function toFailure(error: unknown): Failure {
  const { name, status } = error as Failure
  return error instanceof LoginRequired ? { name, code: error.code } : { name, status: status! }
}

/** The functions that a test calls in the page. */
export type AngularPage = Awaited<ReturnType<typeof start>>

void start().then((angularPage) => Object.assign(window, { angularPage }))
