import Foundation
import HTTPTypes
import Hummingbird
public import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization
import UnixSignals

/// The service on a socket: HTTP in, routes, HTTP out.
public struct CDSServer: Sendable {
    private let host: String
    private let port: Int
    private let bodyLimit: Int
    private let logger: Logger

    /// A server that does not listen yet.
    ///
    /// - Parameters:
    ///   - port: 0 picks a free one.
    ///   - bodyLimit: Largest body of a request in bytes; a larger one is answered with 413.
    public init(host: String, port: Int, bodyLimit: Int, logger: Logger) {
        self.host = host
        self.port = port
        self.bodyLimit = bodyLimit
        self.logger = logger
    }

    /// Listens until the process is told to end (SIGTERM, SIGINT) or the task is cancelled; open requests are finished.
    ///
    /// - Parameter routes: Called once with the port it listens on, before the first request is taken; makes what answers.
    /// - Throws: ``ServerFailure`` when it cannot listen.
    public func run(routes: @escaping @Sendable (_ port: Int) -> Routes) async throws {
        let place = RoutesPlace()
        let application = Application(
            responder: Responder(place: place, bodyLimit: bodyLimit, logger: logger),
            server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: "spinehook"),
            onServerRunning: { channel in place.fill(routes(channel.localAddress?.port ?? port)) },
            logger: logger)
        let group = ServiceGroup(
            configuration: .init(
                services: [application], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        do {
            try await group.run()
        } catch let error as IOError {
            throw ServerFailure(host: host, port: port, errno: error.errnoCode)
        } catch let error as NIOConnectionError {
            throw ServerFailure(unknownHost: error.host)
        } catch is SocketAddressError.UnknownHost, is SocketAddressError {
            throw ServerFailure(unknownHost: host)
        }
    }
}

/// Why the service cannot listen.
public struct ServerFailure: Error, CustomStringConvertible {
    /// What to tell the operator.
    public let description: String

    init(host: String, port: Int, errno code: CInt) {
        let place = "\(host):\(port)"
        description =
            switch code {
            case EADDRINUSE: "cannot listen on \(place): the port is taken by another program"
            case EACCES, EPERM: "cannot listen on \(place): no permission for this port"
            case EADDRNOTAVAIL: "cannot listen on \(place): this machine has no such address"
            default: "cannot listen on \(place): system error \(code)"
            }
    }

    init(unknownHost host: String) {
        description = "cannot listen on \(host): the name leads to no address"
    }
}

/// Where the routes stand once the port is known; the links on cards name it.
private final class RoutesPlace: Sendable {
    private let content = Mutex<Routes?>(nil)

    func fill(_ routes: Routes) { content.withLock { $0 = routes } }
    var routes: Routes? { content.withLock { $0 } }
}

/// Takes requests off the socket, hands them to the routes, counts and logs what became of them.
///
/// Neither paths nor bodies nor headers are logged: only the pattern of the route, the status and the time.
private struct Responder: HTTPResponder {
    typealias Context = BasicRequestContext

    let place: RoutesPlace
    let bodyLimit: Int
    let logger: Logger

    func respond(to request: Request, context: Context) async throws -> Response {
        guard let routes = place.routes else { return Response(status: .serviceUnavailable) }
        let start = ContinuousClock.now
        let method = request.method.rawValue
        let route = routes.route(of: request.uri.path)
        let answer = await self.answer(to: request, method: method, route: route, of: routes)
        let seconds = Double((ContinuousClock.now - start) / .microseconds(1)) / 1e6
        let label = route?.pattern ?? "none"
        let counted = Routes.methods.contains(method) ? method : "other"
        routes.metrics.count(
            route: label, method: counted, status: answer.status, seconds: seconds, outcomes: answer.outcomes)
        logger.info(
            "request",
            metadata: [
                "route": "\(label)", "method": "\(counted)", "status": "\(answer.status)", "seconds": "\(seconds)",
            ])
        return Self.response(answer, isHead: method == "HEAD")
    }

    private func answer(to request: Request, method: String, route: Route?, of routes: Routes) async -> Answer {
        guard let route else { return Routes.notFound }
        if let refusal = routes.refusal(of: method, on: route) { return refusal }
        var call = Call(
            method, request.uri.path, contentType: request.headers[.contentType], accept: request.headers[.accept])
        if method == "POST" {
            // A declared length is refused before anything is read.
            let declared = request.headers[.contentLength].flatMap { Int($0) } ?? 0
            guard declared <= bodyLimit else { return Routes.tooLarge(limit: bodyLimit) }
            do {
                call.body = Array(buffer: try await request.body.collect(upTo: bodyLimit))
            } catch is NIOTooManyBytesError {
                return Routes.tooLarge(limit: bodyLimit)
            } catch {
                return OperationOutcome.answer(400, .structure, "The body could not be read to its end.")
            }
        }
        return routes.answer(call, on: route)
    }

    private static func response(_ answer: Answer, isHead: Bool) -> Response {
        var headers: HTTPFields = [.contentType: answer.contentType]
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        if isHead {
            headers[.contentLength] = String(answer.body.count)
            return Response(status: .init(code: answer.status), headers: headers)
        }
        return Response(
            status: .init(code: answer.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
}
