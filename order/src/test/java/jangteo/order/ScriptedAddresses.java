package jangteo.order;

import io.grpc.stub.StreamObserver;
import jangteo.member.v1.Address;
import jangteo.member.v1.AddressKey;
import jangteo.member.v1.AddressServiceGrpc.AddressServiceImplBase;
import jangteo.member.v1.GetAddressesRequest;
import jangteo.member.v1.GetAddressesResponse;

/** Every member has one address, 7, and deleted another, 8. */
final class ScriptedAddresses extends AddressServiceImplBase {
  static final String HOME = "7";
  static final String DELETED = "8";

  @Override
  public void getAddresses(
      GetAddressesRequest request, StreamObserver<GetAddressesResponse> observer) {
    GetAddressesResponse.Builder response = GetAddressesResponse.newBuilder();
    for (AddressKey key : request.getKeysList()) {
      if (Long.toString(key.getAddressId()).equals(HOME)) {
        response.addAddresses(
            Address.newBuilder()
                .setAddressId(key.getAddressId())
                .setRecipient("member " + key.getMemberId())
                .setLine1("세종대로 110"));
      }
    }
    observer.onNext(response.build());
    observer.onCompleted();
  }
}
