import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: HandleInput<Event>","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/sveltekit/interfaces/HandleInput.md","filePath":"reference/adapters/sveltekit/interfaces/HandleInput.md"}',
)
const _sfc_main = { name: 'reference/adapters/sveltekit/interfaces/HandleInput.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/sveltekit</a> / HandleInput</p><h1 id="interface-handleinputevent" tabindex="-1">Interface: HandleInput&lt;Event&gt; <a class="header-anchor" href="#interface-handleinputevent" aria-label="Permalink to &quot;Interface: HandleInput\\&lt;Event\\&gt;&quot;">​</a></h1><p>The argument of a hook.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="event" tabindex="-1">Event <a class="header-anchor" href="#event" aria-label="Permalink to &quot;Event&quot;">​</a></h3><p><code>Event</code></p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="event-1" tabindex="-1">event <a class="header-anchor" href="#event-1" aria-label="Permalink to &quot;event&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>event</strong>: <code>Event</code></p></blockquote><p>The event of the request.</p><hr><h3 id="resolve" tabindex="-1">resolve <a class="header-anchor" href="#resolve" aria-label="Permalink to &quot;resolve&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>resolve</strong>: (<code>event</code>) =&gt; <code>Response</code> | <code>Promise</code>&lt;<code>Response</code>&gt;</p></blockquote><p>Runs the rest of SvelteKit.</p><h4 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h4><h5 id="event-2" tabindex="-1">event <a class="header-anchor" href="#event-2" aria-label="Permalink to &quot;event&quot;">​</a></h5><p><code>Event</code></p><h4 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h4><p><code>Response</code> | <code>Promise</code>&lt;<code>Response</code>&gt;</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/sveltekit/interfaces/HandleInput.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const HandleInput = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, HandleInput as default }
