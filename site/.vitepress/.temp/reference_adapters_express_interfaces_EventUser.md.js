import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: EventUser","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/EventUser.md","filePath":"reference/adapters/express/interfaces/EventUser.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/EventUser.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / EventUser</p><h1 id="interface-eventuser" tabindex="-1">Interface: EventUser <a class="header-anchor" href="#interface-eventuser" aria-label="Permalink to &quot;Interface: EventUser&quot;">​</a></h1><p>Identifiers of a user that are not personal data by themselves.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="oid" tabindex="-1">oid? <a class="header-anchor" href="#oid" aria-label="Permalink to &quot;oid?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>oid?</strong>: <code>string</code></p></blockquote><p>The user&#39;s object ID in a Microsoft tenant.</p><hr><h3 id="personaldata" tabindex="-1">personalData? <a class="header-anchor" href="#personaldata" aria-label="Permalink to &quot;personalData?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>personalData?</strong>: <a href="./EventPersonalData"><code>EventPersonalData</code></a></p></blockquote><p>The user&#39;s personal data. Present only with <code>includePersonalData</code>.</p><hr><h3 id="sidhash" tabindex="-1">sidHash? <a class="header-anchor" href="#sidhash" aria-label="Permalink to &quot;sidHash?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>sidHash?</strong>: <code>string</code></p></blockquote><p>A hash of the ID of the user&#39;s session at the provider. All events of one session have the same hash.</p><hr><h3 id="sub" tabindex="-1">sub? <a class="header-anchor" href="#sub" aria-label="Permalink to &quot;sub?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>sub?</strong>: <code>string</code></p></blockquote><p>The user&#39;s identifier for this application.</p><hr><h3 id="tid" tabindex="-1">tid? <a class="header-anchor" href="#tid" aria-label="Permalink to &quot;tid?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>tid?</strong>: <code>string</code></p></blockquote><p>The ID of the user&#39;s tenant.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/EventUser.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const EventUser = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, EventUser as default }
