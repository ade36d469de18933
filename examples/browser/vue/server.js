import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { sessionPlugin } from 'identity-web/vue'
import App from './App.vue'

// Each request has its own application, because the session belongs to one user.
export function render(initial) {
  return renderToString(createSSRApp(App).use(sessionPlugin({ initial })))
}
