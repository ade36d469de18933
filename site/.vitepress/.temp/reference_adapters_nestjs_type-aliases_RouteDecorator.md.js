import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: RouteDecorator","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/nestjs/type-aliases/RouteDecorator.md","filePath":"reference/adapters/nestjs/type-aliases/RouteDecorator.md"}',
)
const _sfc_main = { name: 'reference/adapters/nestjs/type-aliases/RouteDecorator.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/nestjs</a> / RouteDecorator</p><h1 id="type-alias-routedecorator" tabindex="-1">Type Alias: RouteDecorator <a class="header-anchor" href="#type-alias-routedecorator" aria-label="Permalink to &quot;Type Alias: RouteDecorator&quot;">​</a></h1><blockquote><p><strong>RouteDecorator</strong> = <code>ClassDecorator</code> &amp; <code>MethodDecorator</code></p></blockquote><p>A decorator of a method or a controller. The decorator of a controller applies to all methods that do not have a decorator.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/nestjs/type-aliases/RouteDecorator.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const RouteDecorator = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, RouteDecorator as default }
