internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension LocalAPI {
    /// What all calls are, for programs: `Web/openapi.json` as it is.
    func addDescriptionRoute(_ router: Router<APIContext>) {
        router.get("/openapi.json") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "application/json", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.openapi_json)))
        }
    }
}
