import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: SignInRoute","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/react-router/routes/interfaces/SignInRoute.md","filePath":"reference/adapters/react-router/routes/interfaces/SignInRoute.md"}',
)
const _sfc_main = { name: 'reference/adapters/react-router/routes/interfaces/SignInRoute.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../../">API</a> / <a href="./../">identity-web/react-router/routes</a> / SignInRoute</p><h1 id="interface-signinroute" tabindex="-1">Interface: SignInRoute <a class="header-anchor" href="#interface-signinroute" aria-label="Permalink to &quot;Interface: SignInRoute&quot;">​</a></h1><p>A route of <code>app/routes.ts</code>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="file" tabindex="-1">file <a class="header-anchor" href="#file" aria-label="Permalink to &quot;file&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>file</strong>: <code>string</code></p></blockquote><p>The file of the route module, which this package contains.</p><hr><h3 id="id" tabindex="-1">id <a class="header-anchor" href="#id" aria-label="Permalink to &quot;id&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>id</strong>: <code>string</code></p></blockquote><p>The name of the route.</p><hr><h3 id="path" tabindex="-1">path <a class="header-anchor" href="#path" aria-label="Permalink to &quot;path&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>path</strong>: <code>string</code></p></blockquote><p>The path, which matches every URL that no other route matches.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/react-router/routes/interfaces/SignInRoute.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const SignInRoute = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, SignInRoute as default }
