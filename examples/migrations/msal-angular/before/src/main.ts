import { bootstrapApplication } from '@angular/platform-browser'
import { broadcastResponseToMainFrame } from '@azure/msal-browser/redirect-bridge'
import { App } from './app/app'
import { appConfig } from './app/app.config'

// The page of the redirect URI only passes the response of Entra ID on, also from hidden iframes and popups.
if (location.pathname === '/redirect') broadcastResponseToMainFrame().catch(console.error)
else bootstrapApplication(App, appConfig).catch(console.error)
