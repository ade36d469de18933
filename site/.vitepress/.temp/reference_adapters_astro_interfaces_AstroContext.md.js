import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: AstroContext","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/astro/interfaces/AstroContext.md","filePath":"reference/adapters/astro/interfaces/AstroContext.md"}',
)
const _sfc_main = { name: 'reference/adapters/astro/interfaces/AstroContext.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/astro</a> / AstroContext</p><h1 id="interface-astrocontext" tabindex="-1">Interface: AstroContext <a class="header-anchor" href="#interface-astrocontext" aria-label="Permalink to &quot;Interface: AstroContext&quot;">​</a></h1><p>The object that describes a request in Astro: <code>Astro</code> in a page, and the context of an endpoint, an action or a middleware.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="isprerendered" tabindex="-1">isPrerendered <a class="header-anchor" href="#isprerendered" aria-label="Permalink to &quot;isPrerendered&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>isPrerendered</strong>: <code>boolean</code></p></blockquote><p>Whether Astro renders the route in advance.</p><hr><h3 id="locals" tabindex="-1">locals <a class="header-anchor" href="#locals" aria-label="Permalink to &quot;locals&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>locals</strong>: <code>object</code></p></blockquote><p>The data that middleware adds to the request.</p><hr><h3 id="params" tabindex="-1">params <a class="header-anchor" href="#params" aria-label="Permalink to &quot;params&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>params</strong>: <code>Readonly</code>&lt;<code>Record</code>&lt;<code>string</code>, <code>string</code> | <code>undefined</code>&gt;&gt;</p></blockquote><p>The parameters in the path of the route.</p><hr><h3 id="request" tabindex="-1">request <a class="header-anchor" href="#request" aria-label="Permalink to &quot;request&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>request</strong>: <code>Request</code></p></blockquote><p>The request.</p><hr><h3 id="url" tabindex="-1">url <a class="header-anchor" href="#url" aria-label="Permalink to &quot;url&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>url</strong>: <code>URL</code></p></blockquote><p>The URL of the request.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/astro/interfaces/AstroContext.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const AstroContext = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, AstroContext as default }
